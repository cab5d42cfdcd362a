/**
 * The three lines a Java app needs to get Microsoft Entra tokens from the token broker in its pod.
 *
 * <p>{@link dev.tokenbroker.client.TokenClient} needs nothing but the JDK. {@link
 * dev.tokenbroker.client.BrokerCredential} needs azure-core and {@link
 * dev.tokenbroker.client.SqlServerTokenCallback} needs mssql-jdbc on the class path; an app that
 * uses neither may leave both out. Everything else in here is internal.
 */
@NullMarked
package dev.tokenbroker.client;

import org.jspecify.annotations.NullMarked;
