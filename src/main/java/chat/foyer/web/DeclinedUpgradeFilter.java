package chat.foyer.web;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers a request that offers to go on in another protocol as if it had not (RFC 9110 §7.8), as Java's own client does
 * with {@code Upgrade: h2c} on every new connection. Mapped to everything in {@code web.xml}. Thread-safe.
 *
 * <p>Where HTTP/2 is switched off, Payara takes all that follows on such a connection for the body, so whoever read the body
 * to its end would wait for ever; here it ends where the client said. The connection is not used again.
 */
public class DeclinedUpgradeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String LENGTH =
            "Say the Content-Length of the body, or do not offer to upgrade the connection.";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String offered = request.getHeader("Upgrade");
        boolean accepted = request.getProtocol().startsWith("HTTP/2");
        if (offered == null || accepted || offered.equalsIgnoreCase("websocket")) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getHeader("Transfer-Encoding") != null) {
            Problem.refuse(request, response, new ChatException(Fault.MALFORMED, LENGTH));
            return;
        }
        response.setHeader("Connection", "close");
        chain.doFilter(new Bounded(request), response);
    }

    /** A request whose body ends after its {@code Content-Length}. */
    private static final class Bounded extends HttpServletRequestWrapper {
        private ServletInputStream body;

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new BoundedBody(super.getInputStream(), Math.max(0, getContentLengthLong()));
            }
            return body;
        }
    }

    /** Ends after so many bytes. For one thread, as every body of a request. */
    private static final class BoundedBody extends ServletInputStream {
        private final ServletInputStream body;
        private long left;

        BoundedBody(ServletInputStream body, long length) {
            this.body = body;
            left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int value = body.read();
            left = value < 0 ? 0 : left - 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = body.read(bytes, offset, (int) Math.min(length, left));
            left = count < 0 ? 0 : left - count;
            return count;
        }

        @Override
        public boolean isFinished() {
            return left == 0 || body.isFinished();
        }

        @Override
        public boolean isReady() {
            return left == 0 || body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
