package chat.foyer.rest;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Scope;
import chat.foyer.web.Caller;
import chat.foyer.web.Reads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Keeps programs that may only read from every route that changes something, before any resource is called; so a new one
 * cannot forget to ask. Thread-safe: the server gives it the request of the calling thread.
 */
@Provider
public class ScopeFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS"); // RFC 9110 §9.2.1

    @Context
    HttpServletRequest request;

    @Context
    ResourceInfo route;

    @Override
    public void filter(ContainerRequestContext context) {
        boolean reads =
                SAFE.contains(context.getMethod()) || route.getResourceMethod().isAnnotationPresent(Reads.class);
        boolean mayWrite = Caller.of(request)
                .identified()
                .map(identity -> identity.proof().scope().includes(Scope.WRITE))
                .orElse(true); // whether strangers may is the business of the resource
        if (!reads && !mayWrite) {
            throw new ChatException(Fault.SCOPE);
        }
    }
}
