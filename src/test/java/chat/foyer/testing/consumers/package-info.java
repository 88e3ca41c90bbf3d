/** Consumers for a WAR under test, as a team would add theirs. */
package chat.foyer.testing.consumers;
