package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.PersonStore;
import chat.foyer.web.Forgery;
import chat.foyer.words.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the forms show, as {@code #{form}}. Belongs to one request. */
@Named("form")
@RequestScoped
public class FormView {

    @Inject
    HttpServletRequest request;

    @Inject
    GuestPolicy site;

    @Inject
    PersonStore people;

    @Inject
    Words words;

    private final Map<String, String> known = new HashMap<>();
    private Optional<ChatException> complaint = Optional.empty();
    private String csrf = "";
    private String next = "";
    private String subject = "";
    private String news = "";

    void complain(ChatException problem) {
        complaint = Optional.of(problem);
    }

    /** To be called before anything is written: the token may need a cookie. */
    void begin(HttpServletResponse response) {
        csrf = Forgery.token(request, response);
    }

    void leadTo(String path) {
        next = path;
    }

    void about(String handle) {
        subject = handle;
    }

    /** Shows this in the field until something else is written. */
    void fill(String field, String value) {
        known.put(field, value);
    }

    void tell(String sentence) {
        news = sentence;
    }

    /** What has been done; empty when nothing has. */
    public String getNews() {
        return news;
    }

    /** The user name of whom it is about; empty when it is about nobody in particular. */
    public String getSubject() {
        return subject;
    }

    public String getCsrf() {
        return csrf;
    }

    public String getNext() {
        return next;
    }

    public String getSiteName() {
        return site.site().name();
    }

    /** The languages there are words for, each called as its speakers do. */
    public List<Choice> getLanguages() {
        return Words.LANGUAGES.stream()
                .flatMap(language -> Words.in(language).stream())
                .map(each -> new Choice(each.getLanguage(), each.of("language.name")))
                .toList();
    }

    /** Whether everybody may make themselves an account. */
    public boolean isRegistration() {
        return site.site().registration();
    }

    /** The secret of a link by which the page was opened; it goes with the form. */
    public String getToken() {
        return FormServlet.field(request, "token");
    }

    /** What was written into this field, if something is wrong with that form; otherwise what is known. */
    public String value(String field) {
        boolean again = complaint.isPresent() && request.getParameter(field) != null;
        return again ? FormServlet.field(request, field) : known.getOrDefault(field, "");
    }

    /** What is wrong with this field; empty if nothing is. */
    public String problem(String field) {
        return complaint
                .filter(problem -> problem.field().equals(field))
                .map(problem -> problem.in(words))
                .orElse("");
    }

    /** What is wrong with the form as a whole; empty if nothing is. */
    public String getProblem() {
        return problem("");
    }

    /** Whether nobody can sign in yet. */
    public boolean isFirstRun() {
        return !people.hasAdministrator();
    }
}
