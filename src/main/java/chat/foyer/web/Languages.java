package chat.foyer.web;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Identity;
import chat.foyer.words.Words;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * In which language to speak to whoever calls: the one they have chosen; else the first that their browser asks for and that
 * there are words for; else the site's. A program has not chosen any, whoever made its token, and English is the language of
 * what it asks for none.
 *
 * <p>Thread-safe. Who calls has been recognised together with their language; the database is asked for the site's only.
 */
@ApplicationScoped
public class Languages {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Languages.class), 60);
    private static final String FINDER = Languages.class.getName();
    private static final String FOUND = Words.class.getName();

    @Inject
    GuestPolicy site;

    /** The words for the caller of this request. */
    @Produces
    public static Words of(HttpServletRequest request) {
        if (request.getAttribute(FOUND) instanceof Words found) {
            return found;
        }
        Words words = request.getAttribute(FINDER) instanceof Languages languages
                ? languages.find(request)
                : preferred(request).orElse(Words.ENGLISH); // refused by the server before any filter of ours
        request.setAttribute(FOUND, words);
        return words;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(FINDER, this);
    }

    private Words find(HttpServletRequest request) {
        Optional<Identity> caller = Caller.known(request).flatMap(Caller::identified);
        boolean refusedProgram = caller.isEmpty() && request.getHeader("Authorization") != null;
        if (refusedProgram
                || caller.filter(identity -> identity.proof().isOfProgram()).isPresent()) {
            return preferred(request).orElse(Words.ENGLISH);
        }
        return caller.flatMap(Identity::language)
                .flatMap(Words::in)
                .or(() -> preferred(request))
                .orElseGet(this::ofSite);
    }

    /** Those for what is stored and read by everybody; waits for the database once a second at most. */
    public Words ofSite() {
        try {
            return Words.in(site.site().language()).orElse(Words.ENGLISH);
        } catch (RuntimeException e) {
            LOG.warn("Nobody can tell the language of the site: {}", e);
            return Words.ENGLISH;
        }
    }

    private static Optional<Words> preferred(HttpServletRequest request) {
        return Words.preferred(Objects.requireNonNullElse(request.getHeader("Accept-Language"), ""));
    }
}
