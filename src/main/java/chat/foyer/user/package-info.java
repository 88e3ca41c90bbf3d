/**
 * People, guests and programs: who somebody is, whatever way they came.
 *
 * <p>Knows no rooms and no transport.
 */
package chat.foyer.user;
