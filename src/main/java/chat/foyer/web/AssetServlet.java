package chat.foyer.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves what belongs to the pages, compressed to whoever takes it so: {@code /assets/js/room.js}, or with a version before
 * {@code js}. Thread-safe.
 *
 * <p>What is asked for by this version's address may be kept for ever. By another's, or none, it is kept and asked for again,
 * and it is this version's all the same: while nodes are upgraded one by one, a page of the one may ask the other.
 */
@WebServlet(Assets.PATH + "/*")
public class AssetServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern ADDRESS = Pattern.compile("(?:/([0-9a-f]{16}))?(/.+)");

    @Inject
    private transient Assets assets;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher address = ADDRESS.matcher(String.valueOf(request.getPathInfo()));
        Optional<Asset> found = address.matches() ? assets.at(address.group(2)) : Optional.empty();
        boolean lasting = found.isPresent() && assets.version().equals(address.group(1));
        response.setHeader("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Vary", "Accept-Encoding");
        send(found.get(), request, response);
    }

    private static void send(Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Asset.Form> gzipped = asset.gzipped()
                .filter(form ->
                        AcceptEncoding.of(lines(request, "Accept-Encoding")).prefersGzip());
        Asset.Form form = gzipped.orElse(asset.plain());
        response.setHeader("ETag", form.tag());
        if (isKnown(form.tag(), lines(request, "If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        gzipped.ifPresent(ignored -> response.setHeader("Content-Encoding", "gzip"));
        response.setContentType(asset.type());
        response.setContentLength(form.bytes().length);
        response.getOutputStream().write(form.bytes());
    }

    private static String lines(HttpServletRequest request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    /** The weak comparison (RFC 9110 §13.1.2), as proxies make tags weak. */
    private static boolean isKnown(String tag, String known) {
        return Arrays.stream(known.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
