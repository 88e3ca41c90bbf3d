package chat.foyer.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a caller must be to use this REST resource or method; the method's word counts before the class's. Without it
 * {@code GET} needs {@link Need#READ} and everything else {@link Need#WRITE}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    Need value();
}
