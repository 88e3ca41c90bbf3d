/**
 * All that Foyer says to people, in every language it speaks; how to add one stands in {@code docs/languages.md}.
 *
 * <p>Knows no chat: whoever has something to say names it by a key, and the edges say it in the language of whoever reads.
 * What administrators read in logs and settings is English and has no place here.
 */
package chat.foyer.words;
