package chat.foyer.channel;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs events with a key that only some nodes have, so that these can tell what comes from their like (HMAC, RFC 2104).
 * The type is signed, too: what was said as one kind of event cannot be repeated as another. Thread-safe.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final byte[] key;

    public Seal(byte[] key) {
        this.key = key.clone();
    }

    /** An event of this type with this payload, signed. */
    public JsonObject sign(String type, JsonObject payload) {
        String text = payload.toString();
        return JSON.createObjectBuilder()
                .add("type", type)
                .add("payload", text)
                .add("mac", HexFormat.of().formatHex(mac(type, text)))
                .build();
    }

    /** Whether the event was signed with this key. */
    public boolean isOn(JsonObject event) {
        try {
            byte[] claimed = HexFormat.of().parseHex(event.getString("mac", ""));
            return MessageDigest.isEqual(claimed, mac(event.getString("type", ""), event.getString("payload", "")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A name of 32 characters that only those know who have the key. */
    public String nameOf(String thing) {
        return HexFormat.of().formatHex(mac("name", thing)).substring(0, 32);
    }

    private byte[] mac(String type, String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal((type + "\n" + payload).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
