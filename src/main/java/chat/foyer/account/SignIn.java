package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Attempts;
import chat.foyer.user.AuditLog;
import chat.foyer.user.Identity;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Proof;
import chat.foyer.user.Sessions;
import chat.foyer.user.Sessions.Place;
import chat.foyer.web.Caller;
import chat.foyer.web.OwnCookie;
import chat.foyer.web.SessionCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Signs people in with user name and password, and out. Thread-safe; waits for the database and for a hash. */
@ApplicationScoped
public class SignIn {

    @Inject
    IdentityStoreHandler identityStores;

    @Inject
    PersonStore people;

    @Inject
    Sessions sessions;

    @Inject
    Attempts attempts;

    @Inject
    AuditLog audit;

    /**
     * Signs in whoever knows this password; the browser gets a new session, whatever it had before (against fixation).
     *
     * @throws ChatException ({@link Fault#CREDENTIALS}) with the same words whatever is wrong,
     *     ({@link Fault#GUESSING}) when this comes too soon after others
     */
    public Person with(
            String name, String password, boolean stay, HttpServletRequest request, HttpServletResponse response) {
        String handle = name.strip().toLowerCase(Locale.ROOT);
        Attempts.Attempt attempt = attempts.begin(handle, address(request));
        CredentialValidationResult result = identityStores.validate(new UsernamePasswordCredential(handle, password));
        Optional<Person> person = result.getStatus() == CredentialValidationResult.Status.VALID
                ? people.byId(result.getCallerPrincipal().getName())
                : Optional.empty();
        if (person.isEmpty()) {
            audit.record(address(request), "sign-in.fail", handle, "");
            throw new ChatException(Fault.CREDENTIALS);
        }
        attempts.succeeded(attempt);
        begin(person.get(), stay, request, response);
        return person.get();
    }

    /** Begins a session of somebody who has proved otherwise that it is them, such as by joining. */
    void begin(Person person, boolean stay, HttpServletRequest request, HttpServletResponse response) {
        end(request);
        Place place = new Place(address(request), String.valueOf(request.getHeader("User-Agent")));
        Sessions.Begun begun = stay ? sessions.beginToStay(person, place) : sessions.begin(person, place);
        SessionCookies.begin(request, response, Caller.of(request).secure(), begun);
        audit.record(person.id(), "sign-in", person.id(), place.address());
    }

    /** Signs out whoever calls, if they have a session. */
    public void out(HttpServletRequest request, HttpServletResponse response) {
        end(request);
        SessionCookies.takeBack(request, response, Caller.of(request).secure());
    }

    private void end(HttpServletRequest request) {
        session(request).ifPresent(identity -> {
            sessions.end(identity.user().id(), identity.proof().id());
            audit.record(identity.user().id(), "sign-out", identity.user().id(), "");
        });
        OwnCookie.STAY.of(request).ifPresent(sessions::forget); // its session may be over before it
    }

    static Optional<Identity> session(HttpServletRequest request) {
        return Caller.of(request)
                .identified()
                .filter(identity -> identity.proof().kind() == Proof.Kind.SESSION);
    }

    /** Where a stranger signs in to see a page of ours afterwards. */
    static String pathTo(String page, HttpServletRequest request) {
        String next = request.getContextPath() + page;
        return request.getContextPath() + "/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    static String address(HttpServletRequest request) {
        return Caller.of(request).address().getHostAddress();
    }
}
