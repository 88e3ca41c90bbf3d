package chat.foyer.channel;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Asks for the {@link ChannelLayer} of a name that {@code foyer.channel.layers} lists; without it one gets the usual one. */
@Qualifier
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface Layer {
    /** The name of the usual layer, which {@code foyer.bus} is about. */
    String DEFAULT = "default";

    @Nonbinding
    String value();
}
