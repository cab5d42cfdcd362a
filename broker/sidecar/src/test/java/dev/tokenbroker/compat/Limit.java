package dev.tokenbroker.compat;

import java.util.Set;

/**
 * What a client cannot do, whoever answers it.
 *
 * @param reaches told of the broker in these ways
 * @param selections it cannot ask for an identity so named
 * @param evidence what it says then
 * @param remark what a reader should know
 */
record Limit(Set<Reach> reaches, Set<Selection> selections, String evidence, String remark) {}
