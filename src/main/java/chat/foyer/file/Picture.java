package chat.foyer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * An image that pages may show, recognised by its own bytes, whatever its name and sender say of it. Immutable.
 *
 * @param type its media type: PNG, JPEG, GIF or WebP; nothing in which a script could stand
 * @param width as it is shown, in pixels
 * @param height the same
 * @param orientation how its rows are to be turned to be shown
 */
record Picture(String type, int width, int height, Orientation orientation) {
    /** More than any camera makes that people carry; an image of more pixels is a file like any other and never decoded. */
    static final long MAX_PIXELS = 50_000_000;

    /** A reader holds whole rows, so a file of some kilobytes could take all memory with one that has no end. */
    static final int MAX_SIDE = 20_000;

    static final String WEBP = "image/webp";
    private static final String JPEG = "image/jpeg";
    private static final int HEAD = 30; // bytes, in which a WebP has said its size

    /** The image that this file is; empty when it is none, or too large to be looked at. */
    static Optional<Picture> in(Path file) throws IOException {
        byte[] head;
        try (InputStream bytes = Files.newInputStream(file)) {
            head = bytes.readNBytes(HEAD);
        }
        return typeOf(head)
                .flatMap(type -> type.equals(WEBP) ? webp(head) : read(type, file))
                .filter(picture -> isModest(picture.width, picture.height));
    }

    private static boolean isModest(int width, int height) {
        return Math.max(width, height) <= MAX_SIDE && (long) width * height <= MAX_PIXELS;
    }

    private static Optional<String> typeOf(byte[] head) {
        String hex = HexFormat.of().formatHex(head);
        if (hex.startsWith("89504e470d0a1a0a")) {
            return Optional.of("image/png");
        }
        if (hex.startsWith("ffd8ff")) {
            return Optional.of(JPEG);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        return text.startsWith("RIFF") && text.startsWith("WEBP", 8) ? Optional.of(WEBP) : Optional.empty();
    }

    /** Reads the size, which stands before the pixels; of these nothing. */
    private static Optional<Picture> read(String type, Path file) {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type).next();
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(input, true, false);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (!isModest(width, height)) {
                return Optional.empty();
            }
            Orientation orientation = type.equals(JPEG) ? orientation(reader) : Orientation.TOP_LEFT;
            boolean turned = orientation.compareTo(Orientation.LEFT_TOP) >= 0; // rows are shown as columns
            return Optional.of(new Picture(type, turned ? height : width, turned ? width : height, orientation));
        } catch (IOException | RuntimeException e) { // the readers throw what they like at a file that is no image
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private static Orientation orientation(ImageReader reader) {
        try {
            return Optional.ofNullable(ExifUtils.getExifOrientation(reader, 0)).orElse(Orientation.TOP_LEFT);
        } catch (IOException | RuntimeException e) { // a camera's mistake in what stands beside the image
            return Orientation.TOP_LEFT;
        }
    }

    /** Java reads no WebP; its size stands in the first chunk (RFC 9649 §2). */
    private static Optional<Picture> webp(byte[] head) {
        if (head.length < HEAD) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        String chunk = new String(Arrays.copyOfRange(head, 12, 16), StandardCharsets.ISO_8859_1);
        return switch (chunk) {
            case "VP8 " -> webp(bytes.getShort(26) & 0x3FFF, bytes.getShort(28) & 0x3FFF);
            case "VP8L" -> webp((bytes.getInt(21) & 0x3FFF) + 1, (bytes.getInt(21) >>> 14 & 0x3FFF) + 1);
            case "VP8X" -> webp((bytes.getInt(24) & 0xFFFFFF) + 1, (bytes.getInt(26) >>> 8) + 1);
            default -> Optional.empty();
        };
    }

    private static Optional<Picture> webp(int width, int height) {
        return width == 0 || height == 0
                ? Optional.empty()
                : Optional.of(new Picture(WEBP, width, height, Orientation.TOP_LEFT));
    }
}
