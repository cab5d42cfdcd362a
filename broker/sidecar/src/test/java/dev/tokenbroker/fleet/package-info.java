/** Ten thousand brokers on virtual time: the figures and the plot of docs/reliability.md. */
package dev.tokenbroker.fleet;
