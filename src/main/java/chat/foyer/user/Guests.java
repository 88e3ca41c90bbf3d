package chat.foyer.user;

import chat.foyer.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * Guests: users without an account, known by a secret of their own.
 *
 * <p>Id and name follow from the secret by a one-way function, so every node knows the same guest without storing
 * anything, and nobody can take a guest's place by knowing the id. Thread-safe.
 */
public final class Guests {
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final List<String> COLOURS = List.of(
            "Amber", "Azure", "Coral", "Copper", "Crimson", "Golden", "Hazel", "Indigo", "Ivory", "Jade", "Lilac",
            "Maroon", "Mint", "Olive", "Pearl", "Plum", "Ruby", "Sage", "Scarlet", "Silver", "Slate", "Teal", "Umber",
            "Violet");
    private static final List<String> ANIMALS = List.of(
            "Badger", "Beaver", "Bison", "Crane", "Dolphin", "Falcon", "Finch", "Fox", "Gecko", "Hare", "Heron", "Ibex",
            "Jay", "Koala", "Lark", "Lynx", "Marten", "Moose", "Otter", "Owl", "Panda", "Puffin", "Raven", "Robin",
            "Seal", "Stork", "Swan", "Tapir", "Tern", "Wren");

    private Guests() {}

    /** A new secret: 256 random bits in URL-safe Base64. */
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether this text has the form of a secret that {@link #newSecret} made. */
    public static boolean isSecret(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** The guest who holds this secret. */
    public static User holderOf(String secret) {
        byte[] hash = Sha256.of("guest " + secret);
        String id = "g-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 16);
        int bits = ByteBuffer.wrap(hash).getInt(16) >>> 1;
        String colour = COLOURS.get(bits % COLOURS.size());
        String animal = ANIMALS.get(bits / COLOURS.size() % ANIMALS.size());
        int number = 10 + bits / (COLOURS.size() * ANIMALS.size()) % 90;
        return new User(id, colour + " " + animal + " " + number, true);
    }
}
