package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Identity;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Role;
import chat.foyer.user.Site;
import chat.foyer.web.Languages;
import chat.foyer.words.Words;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** {@code /admin/people}: people, invitations and the site, for administrators. Thread-safe. */
@WebServlet("/admin/people")
public class PeopleServlet extends DeskServlet {
    private static final long serialVersionUID = 1L;

    private static final Set<String> NEWS = Set.of("take-back", "site");
    private static final Set<String> NEWS_OF_SOMEBODY = Set.of("promote", "demote", "disable", "enable", "sign-out");

    @Inject
    private transient Configuration configuration;

    @Inject
    private transient Administration administration;

    @Inject
    private transient Joining joining;

    @Inject
    private transient PersonStore people;

    @Inject
    private transient GuestPolicy policy;

    @Inject
    private transient AdministrationView shown;

    @Override
    String view() {
        return "people";
    }

    @Override
    Identity visitor(HttpServletRequest request) {
        return Callers.administrator(request);
    }

    @Override
    void show(Identity visitor, HttpServletRequest request) {
        String query = field(request, "query").strip();
        String after = field(request, "after");
        String self = visitor.user().id();
        shown.list(query, after, people.search(query, after, true, Answers.PAGE + 1), self);
        shown.invitations(
                joining.open(), new Moments(administration.person(self).zone(), Languages.of(request)));
        Site site = administration.site();
        form.fill("site", site.name());
        form.fill("language", site.language());
        form.fill("guests", policy.admitsGuests() ? "on" : "");
        form.fill("registration", site.registration() ? "on" : "");
        form.tell(news(request));
    }

    private String news(HttpServletRequest request) {
        String done = field(request, "done");
        String key = "people.done." + done;
        Words words = Languages.of(request);
        if (NEWS_OF_SOMEBODY.contains(done)) {
            return people.byId(field(request, "person"))
                    .map(person -> words.of(key, person.name()))
                    .orElse("");
        }
        return NEWS.contains(done) ? words.of(key) : "";
    }

    @Override
    String carryOut(Identity visitor, HttpServletRequest request) {
        String person = field(request, "person");
        String what = field(request, "do");
        switch (what) {
            case "promote" -> administration.change(visitor, person, Optional.of(Role.ADMINISTRATOR), Optional.empty());
            case "demote" -> administration.change(visitor, person, Optional.of(Role.MEMBER), Optional.empty());
            case "disable" -> administration.change(visitor, person, Optional.empty(), Optional.of(true));
            case "enable" -> administration.change(visitor, person, Optional.empty(), Optional.of(false));
            case "sign-out" -> administration.signOut(visitor, person);
            case "take-back" -> joining.takeBack(visitor, field(request, "invitation"));
            case "site" -> changeSite(visitor, request);
            case "reset" -> {
                String secret = administration.reset(visitor, person);
                return showLink("/reset", secret, administration.person(person).name(), request);
            }
            case "invite" -> {
                Role role = isOn(request, "administrator") ? Role.ADMINISTRATOR : Role.MEMBER;
                String secret =
                        joining.invite(visitor, role, field(request, "note")).secret();
                return showLink("/join", secret, "", request);
            }
            default -> throw new ChatException(Fault.INVALID);
        }
        return "?done=" + what + parameter(request, "person") + parameter(request, "query")
                + parameter(request, "after");
    }

    private void changeSite(Identity visitor, HttpServletRequest request) {
        boolean guests = policy.isFixed() ? administration.site().guests() : isOn(request, "guests");
        administration.change(
                visitor,
                new Site(field(request, "site"), field(request, "language"), guests, isOn(request, "registration")));
    }

    /** In the answer itself and not after a redirect, since nobody can read the secret again. */
    private String showLink(String path, String secret, String about, HttpServletRequest request) {
        shown.link(SiteAddress.of(configuration, request.getContextPath()) + path + "?token=" + secret, about);
        return "";
    }

    private static boolean isOn(HttpServletRequest request, String field) {
        return !field(request, field).isEmpty();
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = field(request, name);
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
