package dev.tokenbroker.compat;

/** One client, told of the broker in one way, that names one identity. */
record Case(CompatClient client, Reach reach, Selection selection) {}
