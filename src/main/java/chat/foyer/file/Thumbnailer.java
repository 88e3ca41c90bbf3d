package chat.foyer.file;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;

/**
 * Makes small images of large ones, a few at once and none on the threads of requests. Thread-safe.
 *
 * <p>An image is decoded at most {@value #DETAIL} times as fine as its thumbnail, so it takes some megabytes of memory
 * whatever its size.
 */
@ApplicationScoped
public class Thumbnailer {
    /** Twice what a page shows, for screens with two dots for each pixel. */
    static final int MAX_WIDTH = 720;

    static final int MAX_HEIGHT = 600;

    private static final int DETAIL = 2;
    private static final int HEAVY = 200_000; // bytes, beyond which even an image of few pixels gets one
    /** More than encoders make. Each costs as much as the whole image, so a small file of thousands would take hours. */
    private static final int PASSES = 12;

    private static final float QUALITY = .82f;
    private static final int AT_ONCE = 2;
    private static final int WAITING = 50;

    @Resource
    ManagedThreadFactory containerThreads;

    private ThreadPoolExecutor threads;

    @PostConstruct
    void start() {
        threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = containerThreads.newThread(task);
                    thread.setName("foyer-thumbnails");
                    return thread;
                });
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Runs what makes thumbnails; takes nothing more when too many are waiting. */
    Executor threads() {
        return threads;
    }

    /** Whether a page does better with a smaller image of it. */
    static boolean helps(Picture picture, long bytes) {
        boolean large = picture.width() > MAX_WIDTH || picture.height() > MAX_HEIGHT || bytes > HEAVY;
        return large && !picture.type().equals(Picture.WEBP); // which Java does not read
    }

    /**
     * A small image of this one, turned as it is to be shown: PNG where something shines through, otherwise JPEG.
     *
     * @throws IOException when it cannot be decoded
     */
    static byte[] make(Path file, Picture picture) throws IOException {
        BufferedImage image;
        boolean clear;
        try {
            BufferedImage decoded = decode(file, picture);
            clear = decoded.getColorModel().hasAlpha();
            image = ExifFilterUtils.getFilterForOrientation(picture.orientation())
                    .apply(decoded);
        } catch (RuntimeException e) { // the readers throw what they like at a broken image
            throw new IOException(e);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var thumbnail = Thumbnails.of(image)
                .size(Math.min(MAX_WIDTH, picture.width()), Math.min(MAX_HEIGHT, picture.height()))
                .imageType(clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
                .outputFormat(clear ? "png" : "jpg");
        (clear ? thumbnail : thumbnail.outputQuality(QUALITY)).toOutputStream(out);
        return out.toByteArray();
    }

    private static BufferedImage decode(Path file, Picture picture) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(picture.type()).next();
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(input, true, true);
            int longer = Math.max(picture.width(), picture.height());
            int step = Math.max(1, longer / (DETAIL * MAX_WIDTH));
            ImageReadParam every = reader.getDefaultReadParam();
            every.setSourceSubsampling(step, step, 0, 0);
            every.setSourceProgressivePasses(0, PASSES);
            return reader.read(0, every);
        } finally {
            reader.dispose();
        }
    }
}
