package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.testing.Images;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an image, and what becomes of it. */
class PictureTest {
    @TempDir
    Path directory;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("upload"), bytes);
    }

    private Optional<Picture> picture(byte[] bytes) throws IOException {
        return Picture.in(file(bytes));
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg", "gif, image/gif"})
    void an_image_is_known_by_its_bytes(String format, String type) throws IOException {
        Picture picture = picture(Images.of(format, 40, 30)).orElseThrow();
        assertThat(picture.type()).isEqualTo(type);
        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({
        "VP8 , 0000009d012a28001e00", // frame tag, start code, 16 bits each
        "VP8L, 2f2740070000000000", // signature, 14 bits each, less one
        "VP8X, 00000000270000 1d0000", // flags, 24 bits each, less one
    })
    void a_webp_says_its_size_in_three_ways(String chunk, String payload) throws IOException {
        String head = "RIFF____WEBP" + "%-4s".formatted(chunk) + "____";
        byte[] size = HexFormat.of().parseHex(payload.replace(" ", ""));
        byte[] file = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), 40);
        System.arraycopy(size, 0, file, head.length(), size.length);
        Picture picture = picture(file).orElseThrow();
        assertThat(picture.type()).isEqualTo("image/webp");
        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "\u0089PNG\r\n\u001A\n<html><script>alert(1)</script></html>",
                "GIF89a=1;alert(1)//",
                "\u00FF\u00D8\u00FF<html>",
                "RIFF____WEBPVP8 ",
                "x"
            })
    void what_only_pretends_is_no_image(String text) throws IOException {
        Optional<Picture> picture = picture(text.getBytes(StandardCharsets.ISO_8859_1));
        if (!text.startsWith("GIF89a")) { // any ten bytes after this are a GIF of some size
            assertThat(picture).isEmpty();
        }
    }

    @Test
    void an_image_of_too_many_pixels_is_never_decoded() throws IOException {
        assertThat(picture(Images.pngThatClaims(30_000, 30_000))).isEmpty();
        assertThat(picture(Images.pngThatClaims(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEmpty();
        assertThat(picture(Images.pngThatClaims(50_000_000, 1)))
                .as("one row, which a reader holds whole")
                .isEmpty();
        assertThat(picture(Images.pngThatClaims(1, 20_001))).isEmpty();
        assertThat(picture(Images.pngThatClaims(20_000, 2_500))).isPresent();
        assertThat(picture(Images.pngThatClaims(8_000, 6_000))).isPresent();
    }

    @Test
    void a_broken_image_gets_no_thumbnail() throws IOException {
        Path path = file(Images.pngThatClaims(2_000, 2_000));
        Picture picture = Picture.in(path).orElseThrow();
        assertThatThrownBy(() -> Thumbnailer.make(path, picture)).isInstanceOf(IOException.class);
        byte[] whole = Images.of("png", 2_000, 1_000);
        Path cut = file(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Thumbnailer.make(cut, Picture.in(cut).orElseThrow()))
                .isInstanceOf(IOException.class);
    }

    @Test
    @Timeout(60) // it would take many minutes to look at all of it
    void an_image_of_endless_refinement_is_looked_at_only_so_long() throws IOException {
        BufferedImage small = thumbnail(Images.jpegOfScans(1_500, 1_000, 20_000));
        assertThat(small.getWidth()).isEqualTo(Thumbnailer.MAX_WIDTH);
    }

    private BufferedImage thumbnail(byte[] image) throws IOException {
        Path path = file(image);
        byte[] thumbnail = Thumbnailer.make(path, Picture.in(path).orElseThrow());
        return ImageIO.read(new ByteArrayInputStream(thumbnail));
    }

    @Test
    void a_thumbnail_keeps_the_proportions_and_what_shines_through() throws IOException {
        BufferedImage small = thumbnail(Images.of("jpg", 4_000, 2_000));
        assertThat(small.getWidth()).isEqualTo(Thumbnailer.MAX_WIDTH);
        assertThat(small.getHeight()).isEqualTo(Thumbnailer.MAX_WIDTH / 2);
        BufferedImage tall = thumbnail(Images.of("gif", 300, 3_000));
        assertThat(tall.getHeight()).isEqualTo(Thumbnailer.MAX_HEIGHT);
        BufferedImage clear = thumbnail(Images.clear(1_000, 1_000));
        assertThat(clear.getColorModel().hasAlpha()).isTrue();
    }

    @Test
    void a_photo_that_lies_on_its_side_stands_up() throws IOException {
        Path path = file(Images.turnedJpeg(2_000, 1_000));
        Picture picture = Picture.in(path).orElseThrow();
        assertThat(picture.width()).isEqualTo(1_000);
        assertThat(picture.height()).isEqualTo(2_000);
        BufferedImage small = thumbnail(Files.readAllBytes(path));
        assertThat(small.getWidth()).isEqualTo(300);
        assertThat(small.getHeight()).isEqualTo(600);
        Color corner = new Color(small.getRGB(small.getWidth() - 10, 10)); // was the upper left one
        assertThat(corner.getRed()).isGreaterThan(200);
        assertThat(corner.getBlue()).isLessThan(80);
    }
}
