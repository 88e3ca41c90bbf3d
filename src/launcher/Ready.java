import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Ends with 0 when a URL answers 200, otherwise with 1 and one line that says why: the health check of the image. */
public final class Ready {
    private static final int TIMEOUT_MILLIS = 4000;

    private Ready() {}

    public static void main(String[] arguments) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(arguments[0]).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            System.out.println(arguments[0] + " answers " + status);
            System.exit(status == HttpURLConnection.HTTP_OK ? 0 : 1);
        } catch (IOException e) {
            System.out.println(arguments[0] + " does not answer: " + e.getMessage());
            System.exit(1);
        }
    }
}
