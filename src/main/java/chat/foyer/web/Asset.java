package chat.foyer.web;

import chat.foyer.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A script, style or picture of the pages, as it is and compressed. Immutable.
 *
 * @param type its media type
 * @param plain its bytes as they are
 * @param gzipped its bytes compressed, where that makes them fewer
 */
record Asset(String type, Form plain, Optional<Form> gzipped) {

    /**
     * Bytes that are sent.
     *
     * @param tag the strong entity tag (RFC 9110 §8.8.3): other bytes have another
     */
    record Form(byte[] bytes, String tag) {}

    static Asset of(String type, byte[] bytes) {
        String hash = hash(bytes);
        byte[] fewer = gzip(bytes);
        return new Asset(
                type,
                new Form(bytes, "\"" + hash + "\""),
                fewer.length < bytes.length ? Optional.of(new Form(fewer, "\"" + hash + "-gzip\"")) : Optional.empty());
    }

    /** Sixteen digits that follow from these bytes. */
    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, 8);
    }

    /** As small as it gets: it is done once, and sent for as long as the server runs. */
    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length);
        try (OutputStream gzip = new GZIPOutputStream(compressed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return compressed.toByteArray();
    }
}
