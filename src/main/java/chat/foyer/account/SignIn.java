package chat.foyer.account;

import chat.foyer.account.AccountIdentityStore.Verified;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Account;
import chat.foyer.user.Attempts;
import chat.foyer.user.AuditLog;
import chat.foyer.user.Identity;
import chat.foyer.user.Person;
import chat.foyer.user.Proof;
import chat.foyer.user.Sessions;
import chat.foyer.user.Sessions.Place;
import chat.foyer.web.Caller;
import chat.foyer.web.OwnCookie;
import chat.foyer.web.SessionCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
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
        UsernamePasswordCredential shown = new UsernamePasswordCredential(handle, password);
        Optional<Account> account = verified(shown);
        if (account.isPresent() && !begin(account.get(), stay, request, response)) {
            // another password counts meanwhile, or another hash of this one
            account = verified(shown).filter(again -> begin(again, stay, request, response));
        }
        if (account.isEmpty()) {
            audit.record(address(request), "sign-in.fail", handle, "");
            throw new ChatException(Fault.CREDENTIALS);
        }
        attempts.succeeded(attempt);
        return account.get().person();
    }

    private Optional<Account> verified(UsernamePasswordCredential shown) {
        return identityStores.validate(shown).getCallerPrincipal() instanceof Verified caller
                ? Optional.of(caller.account())
                : Optional.empty();
    }

    /**
     * Begins a session of somebody who has just chosen this password.
     *
     * @throws ChatException ({@link Fault#SIGNED_OUT}) when it does not count any more
     */
    void begin(Account account, HttpServletRequest request, HttpServletResponse response) {
        if (!begin(account, false, request, response)) {
            throw new ChatException(Fault.SIGNED_OUT);
        }
    }

    private boolean begin(Account account, boolean stay, HttpServletRequest request, HttpServletResponse response) {
        Place place = new Place(address(request), String.valueOf(request.getHeader("User-Agent")));
        Optional<Sessions.Begun> begun = stay ? sessions.beginToStay(account, place) : sessions.begin(account, place);
        begun.ifPresent(cookies -> {
            end(request);
            SessionCookies.begin(request, response, Caller.of(request).secure(), cookies);
            audit.record(account.person().id(), "sign-in", account.person().id(), place.address());
        });
        return begun.isPresent();
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
