package chat.foyer.testing;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files that tests upload. */
public final class Images {
    private Images() {}

    /** A file of this format, {@code png}, {@code jpg} or {@code gif}, red in its upper left corner. */
    public static byte[] of(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(31, 95, 214), width, height, new Color(246, 199, 120)));
        graphics.fillRect(0, 0, width, height);
        graphics.setPaint(Color.RED);
        graphics.fillRect(0, 0, width / 4, height / 4);
        graphics.dispose();
        return written(image, format);
    }

    /** A PNG of one colour through which one sees. */
    public static byte[] clear(int width, int height) {
        return written(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png");
    }

    private static byte[] written(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of a PNG that claims to be as large as this; it has no pixels. */
    public static byte[] pngThatClaims(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        return ByteBuffer.allocate(8 + 4 + header.length + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
    }

    /** A small file that takes long: a progressive JPEG of one colour that says its last scan again so many times. */
    public static byte[] jpegOfScans(int width, int height, int scans) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ImageWriteParam progressive = writer.getDefaultWriteParam();
        progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(image, null, null), progressive);
        } finally {
            writer.dispose();
        }
        byte[] image = out.toByteArray();
        int end = image.length - 2; // of the last scan, before the marker that ends the image
        int scan = end;
        while (image[scan] != (byte) 0xFF || image[scan + 1] != (byte) 0xDA) {
            scan--;
        }
        ByteBuffer whole =
                ByteBuffer.allocate(image.length + scans * (end - scan)).put(image, 0, end);
        for (int i = 0; i < scans; i++) {
            whole.put(image, scan, end - scan);
        }
        return whole.put(image, end, 2).array();
    }

    /** A JPEG whose EXIF says that it is to be turned to the right to be shown (orientation 6). */
    public static byte[] turnedJpeg(int width, int height) {
        byte[] image = of("jpg", width, height);
        byte[] exif = ByteBuffer.allocate(36)
                .put(new byte[] {(byte) 0xFF, (byte) 0xE1})
                .putShort((short) 34)
                .put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0)
                .putInt(0)
                .array();
        int start = 20; // after the start of the image and its JFIF marker
        return ByteBuffer.allocate(image.length + exif.length)
                .put(image, 0, start)
                .put(exif)
                .put(image, start, image.length - start)
                .array();
    }
}
