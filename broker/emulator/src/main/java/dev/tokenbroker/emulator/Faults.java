package dev.tokenbroker.emulator;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are switched on. */
public final class Faults {

  private static final int FOR_EVER = Integer.MAX_VALUE;

  private static final class Active {

    final Fault fault;
    final String scopePart;
    int left;

    Active(Fault fault, String scopePart, int left) {
      this.fault = fault;
      this.scopePart = scopePart;
      this.left = left;
    }
  }

  private final List<Active> active = new CopyOnWriteArrayList<>();

  /** The next exchange goes wrong. */
  public void next(Fault fault) {
    next(1, fault);
  }

  /** The next few exchanges go wrong. */
  public void next(int count, Fault fault) {
    active.add(new Active(fault, "", count));
  }

  /** Every exchange goes wrong until {@link #clear()}. */
  public void all(Fault fault) {
    active.add(new Active(fault, "", FOR_EVER));
  }

  /** Every exchange for scopes that contain this text goes wrong until {@link #clear()}. */
  public void forScope(String scopePart, Fault fault) {
    active.add(new Active(fault, scopePart, FOR_EVER));
  }

  /** All is well again. */
  public void clear() {
    active.clear();
  }

  synchronized Optional<Fault> take(String scope) {
    Iterator<Active> each = active.iterator();
    while (each.hasNext()) {
      Active candidate = each.next();
      if (scope.contains(candidate.scopePart)) {
        if (candidate.left != FOR_EVER && --candidate.left == 0) {
          active.remove(candidate);
        }
        return Optional.of(candidate.fault);
      }
    }
    return Optional.empty();
  }
}
