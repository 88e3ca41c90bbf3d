package chat.foyer.rest;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Role;
import chat.foyer.user.Scope;
import chat.foyer.web.Caller;
import chat.foyer.web.Need;
import chat.foyer.web.Needs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds every route of the REST API to what it {@link Needs}, before any resource is called. Thread-safe: the server
 * gives it the request of the calling thread.
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
        Need need = Stream.<AnnotatedElement>of(route.getResourceMethod(), route.getResourceClass())
                .flatMap(element -> Optional.ofNullable(element.getAnnotation(Needs.class)).stream())
                .map(Needs::value)
                .findFirst()
                .orElse(SAFE.contains(context.getMethod()) ? Need.READ : Need.WRITE);
        check(Caller.of(request), need);
    }

    private static void check(Caller caller, Need need) {
        switch (need) {
            case READ -> {
                // every scope reads; whether strangers may is the resource's business
            }
            case WRITE -> caller.identified().ifPresent(identity -> requireScope(identity, Scope.WRITE));
            case ACCOUNT -> requireAccount(caller.identity());
            case SESSION -> {
                requireAccount(caller.identity());
                if (caller.identity().proof().kind() != Proof.Kind.SESSION) {
                    throw new ChatException(Fault.SCOPE, "Only people themselves can do this, signed in by password.");
                }
            }
            case ADMIN -> {
                if (caller.identity().role() != Role.ADMINISTRATOR) {
                    throw new ChatException(Fault.FORBIDDEN);
                }
                requireScope(caller.identity(), Scope.ADMIN);
            }
        }
    }

    private static void requireAccount(Identity identity) {
        if (identity.isGuest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
    }

    private static void requireScope(Identity identity, Scope scope) {
        if (!identity.proof().scope().includes(scope)) {
            throw new ChatException(Fault.SCOPE);
        }
    }
}
