package chat.foyer.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContext;

/**
 * Lets uploads through a limit of 10 MB that WildFly sets for all requests ({@code max-post-size}); they have one of their own
 * ({@code foyer.limits.upload}). Found by WildFly through {@code META-INF/services} and by no other server. Thread-safe.
 */
public final class UndertowUploads implements ServletExtension {
    private static final long NO_LIMIT = -1;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(UndertowUploads::admitting);
    }

    private static HttpHandler admitting(HttpHandler next) {
        return exchange -> {
            if (isUpload(exchange)) {
                exchange.setMaxEntitySize(NO_LIMIT);
            }
            next.handleRequest(exchange);
        };
    }

    /** Nobody is known yet, so what the server would read into memory by itself keeps its limit. */
    private static boolean isUpload(HttpServerExchange exchange) {
        String path = exchange.getRelativePath();
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return exchange.getRequestMethod().equals(Methods.POST)
                && path.startsWith("/api/v1/rooms/")
                && path.endsWith("/files")
                && !FormType.isForm(type)
                && !FormType.isMultipart(type);
    }
}
