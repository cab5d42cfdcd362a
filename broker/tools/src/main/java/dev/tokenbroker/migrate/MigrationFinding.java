package dev.tokenbroker.migrate;

/**
 * Something for a person.
 *
 * @param subject the object
 * @param what how it is
 * @param remedy what to do
 */
record MigrationFinding(Level level, String subject, String what, String remedy) {

  /** How much it matters. */
  enum Level {
    /** Nothing that works today must be changed before this is decided. */
    HELD,
    /** Migrated; somebody must know. */
    CHECK
  }

  static MigrationFinding held(String subject, String what, String remedy) {
    return new MigrationFinding(Level.HELD, subject, what, remedy);
  }

  static MigrationFinding check(String subject, String what, String remedy) {
    return new MigrationFinding(Level.CHECK, subject, what, remedy);
  }
}
