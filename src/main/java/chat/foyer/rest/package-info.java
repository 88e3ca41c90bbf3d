/**
 * The REST API as a whole: where it lives, and how every fault is answered (RFC 9457).
 *
 * <p>An edge: the resources themselves belong to their features.
 */
package chat.foyer.rest;
