package chat.foyer.words;

/**
 * A piece of a text, so that what it is about can look different from what is said of it. Immutable.
 *
 * <p>A class with getters, since the expression language of Jakarta EE 10 does not read records.
 */
public final class Part {
    private static final int WORDS = -1;

    private final String text;
    private final int argument;

    private Part(String text, int argument) {
        this.text = text;
        this.argument = argument;
    }

    static Part words(String text) {
        return new Part(text, WORDS);
    }

    static Part argument(int number, String text) {
        return new Part(text, number);
    }

    public String getText() {
        return text;
    }

    /** Whether it is an argument: somebody may have chosen it, so that it may run in the other direction than the text. */
    public boolean isArgument() {
        return argument != WORDS;
    }

    /** Whether it is the first argument, wherever in the text it stands. */
    public boolean isFirst() {
        return argument == 0;
    }
}
