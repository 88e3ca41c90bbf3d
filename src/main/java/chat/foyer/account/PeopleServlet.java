package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Identity;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Role;
import chat.foyer.user.Site;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** {@code /admin/people}: people, invitations and the site, for administrators. Thread-safe. */
@WebServlet("/admin/people")
public class PeopleServlet extends FormServlet {
    private static final long serialVersionUID = 1L;
    private static final String PATH = "/admin/people";

    private static final Map<String, String> NEWS = Map.of(
            "promote", "%s is an administrator now.",
            "demote", "%s is no administrator any more.",
            "disable", "%s is disabled and signed out everywhere.",
            "enable", "%s may sign in again.",
            "sign-out", "%s is signed out everywhere.",
            "take-back", "The invitation is taken back; its link is worth nothing now.",
            "site", "The site is as you said.");

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
    String prepare(HttpServletRequest request, HttpServletResponse response) {
        if (SignIn.session(request).isEmpty()) {
            return SignIn.pathTo(PATH, request);
        }
        Identity administrator = Callers.administrator(request);
        String query = field(request, "query").strip();
        String after = field(request, "after");
        shown.list(
                query,
                after,
                people.search(query, after, true, Answers.PAGE + 1),
                administrator.user().id());
        shown.invitations(
                joining.open(),
                new Moments(
                        people.byId(administrator.user().id()).map(Person::zone).orElse("")));
        Site site = administration.site();
        form.fill("site", site.name());
        form.fill("guests", policy.admitsGuests() ? "on" : "");
        form.fill("registration", site.registration() ? "on" : "");
        form.tell(news(request));
        form.begin(response);
        return "";
    }

    private String news(HttpServletRequest request) {
        String sentence = NEWS.getOrDefault(field(request, "done"), "");
        return sentence.contains("%s")
                ? people.byId(field(request, "person"))
                        .map(Person::name)
                        .map(sentence::formatted)
                        .orElse("")
                : sentence;
    }

    @Override
    String act(HttpServletRequest request, HttpServletResponse response) {
        Identity administrator = Callers.administrator(request);
        String person = field(request, "person");
        String what = field(request, "do");
        switch (what) {
            case "promote" ->
                administration.change(administrator, person, Optional.of(Role.ADMINISTRATOR), Optional.empty());
            case "demote" -> administration.change(administrator, person, Optional.of(Role.MEMBER), Optional.empty());
            case "disable" -> administration.change(administrator, person, Optional.empty(), Optional.of(true));
            case "enable" -> administration.change(administrator, person, Optional.empty(), Optional.of(false));
            case "sign-out" -> administration.signOut(administrator, person);
            case "take-back" -> joining.takeBack(administrator, field(request, "invitation"));
            case "site" -> changeSite(administrator, request);
            case "reset" -> {
                String secret = administration.reset(administrator, person);
                return showLink("/reset", secret, administration.person(person).name(), request, response);
            }
            case "invite" -> {
                Role role = isOn(request, "administrator") ? Role.ADMINISTRATOR : Role.MEMBER;
                String secret = joining.invite(administrator, role, field(request, "note"))
                        .secret();
                return showLink("/join", secret, "", request, response);
            }
            default -> throw new ChatException(Fault.INVALID);
        }
        return request.getContextPath() + PATH + "?done=" + what + parameter(request, "person")
                + parameter(request, "query") + parameter(request, "after");
    }

    private void changeSite(Identity administrator, HttpServletRequest request) {
        Site before = administration.site();
        boolean guests = policy.isFixed() ? before.guests() : isOn(request, "guests");
        administration.change(
                administrator,
                new Site(field(request, "site"), before.language(), guests, isOn(request, "registration")));
    }

    /** In the answer itself and not after a redirect, since nobody can read the secret again. */
    private String showLink(
            String path, String secret, String about, HttpServletRequest request, HttpServletResponse response) {
        shown.link(SiteAddress.of(configuration, request.getContextPath()) + path + "?token=" + secret, about);
        return prepare(request, response);
    }

    private static boolean isOn(HttpServletRequest request, String field) {
        return !field(request, field).isEmpty();
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = field(request, name);
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
