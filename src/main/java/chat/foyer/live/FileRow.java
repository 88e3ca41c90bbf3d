package chat.foyer.live;

import chat.foyer.message.Attachment;
import chat.foyer.words.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file of a message as the page shows it before its script runs; afterwards {@code files.js} does the same. Immutable. */
public final class FileRow {
    private static final double MAX_WIDTH = 360;
    private static final double MAX_HEIGHT = 300;
    private static final List<String> UNITS = List.of("files.kilobytes", "files.megabytes", "files.gigabytes");
    private static final int KILO = 1_000;
    private static final int FEW = 10; // below, a decimal says something

    private final Attachment file;
    private final Words words;

    FileRow(Attachment file, Words words) {
        this.file = file;
        this.words = words;
    }

    public String getName() {
        return file.name();
    }

    public boolean isImage() {
        return file.isImage();
    }

    /** Where it is, below the API's files. */
    public String getPath() {
        return file.id() + "/"
                + URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Where what is shown of an image is. */
    public String getSmallPath() {
        return getPath() + (file.thumbnail() ? "/thumbnail" : "");
    }

    public long getWidth() {
        return shown(file.width());
    }

    public long getHeight() {
        return shown(file.height());
    }

    private long shown(int pixels) {
        double scale = Math.min(1, Math.min(MAX_WIDTH / file.width(), MAX_HEIGHT / file.height()));
        return Math.max(1, Math.round(pixels * scale));
    }

    /** How much it is, for people. */
    public String getSize() {
        double size = file.size();
        if (size < KILO) {
            return words.count("files.bytes", file.size());
        }
        int unit = -1;
        do {
            size /= KILO;
            unit++;
        } while (size >= KILO && unit < UNITS.size() - 1);
        return words.of(UNITS.get(unit), String.format(words.getLocale(), size < FEW ? "%.1f" : "%.0f", size));
    }
}
