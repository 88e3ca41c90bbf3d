package chat.foyer.web;

import chat.foyer.words.Words;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Shows views of {@code WEB-INF/views}. Thread-safe.
 *
 * <p>They find their words in the map {@code text} ({@link Words#texts}), and those that take arguments by {@code words}.
 */
public final class Views {
    private Views() {}

    /** In the language of whoever calls. */
    public static void show(String view, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.addHeader("Vary", "Accept-Language");
        show(view, Languages.of(request), request, response);
    }

    /** In this language, whoever calls. */
    public static void show(String view, Words words, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Content-Language", words.getLanguage());
        request.setAttribute("words", words);
        request.setAttribute("text", words.texts());
        request.getRequestDispatcher("/WEB-INF/views/" + view + ".xhtml").forward(request, response);
    }
}
