package chat.foyer.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A running Foyer that a test talks to, however it was started.
 *
 * @param root where its pages begin, with a trailing slash
 */
public record Node(URI root) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    public static Node at(URI root) {
        String text = root.toString();
        return new Node(URI.create(text.endsWith("/") ? text : text + "/"));
    }

    /** The address of a page or resource, the path given without leading slash and already encoded. */
    public URI page(String path) {
        return URI.create(root + path);
    }

    /** The address of a socket. */
    public URI socket(String path) {
        return URI.create(page(path).toString().replaceFirst("^http", "ws"));
    }

    /** The origin that a page of this node has. */
    public String origin() {
        return root.getScheme() + "://" + root.getAuthority();
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(page(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Sends a form as a browser does; fields are names and values in turn. */
    public HttpResponse<String> submit(String path, List<String> fields, String... headers) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.size(); i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(ChatClient.encode(fields.get(i)))
                    .append('=')
                    .append(ChatClient.encode(fields.get(i + 1)));
        }
        return request("POST", path, form.toString(), "application/x-www-form-urlencoded", headers);
    }

    /** Sends a request with a JSON body; an empty one is none. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return request(method, path, body, "application/json", headers);
    }

    private HttpResponse<String> request(
            String method, String path, String body, String contentType, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(page(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** One of the numbers of the readiness report: {@code connections}, {@code rooms}, {@code busSubscriptions}. */
    public int reports(String name) {
        return Integer.parseInt(detail(name));
    }

    public boolean busConnected() {
        return Boolean.parseBoolean(detail("busConnected"));
    }

    private String detail(String name) {
        String body = get("ops/health/ready").body();
        return body.replaceAll("(?s).*\"" + name + "\":\\s*\"?([^,}\"]*).*", "$1");
    }
}
