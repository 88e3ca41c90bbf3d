package chat.foyer.channel.consumer;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import chat.foyer.channel.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Lets a CDI bean receive the events of a channel, in competition with the same bean on other nodes: an event goes to one of
 * them, at most once.
 *
 * <p>At a method, that method receives every event. At a class, the {@code type} of an event names the method: {@code
 * image.wanted} goes to {@code image_wanted}; an event without a type, with one that begins with {@code .} or {@code _}, or
 * with one that no method is called like, is refused. Handlers of a class are all its methods that are neither private nor
 * static, return nothing and take one parameter, but those that CDI calls.
 *
 * <p>A handler takes a {@link jakarta.json.JsonObject}, or a class that JSON-B makes of it. It is called on a thread of the
 * container, with a request context of its own, and may block. What it throws is logged and counted; the event is lost then,
 * and the next one is handled. A mistake in a declaration fails the deployment, and so does a second consumer of a channel, a
 * bean that its scope puts behind a proxy of which CDI can make none, and an EJB with a handler that is not public.
 */
@Documented
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface Consumer {
    /** The most events of a channel that a node can handle at once. */
    int MAX_CONCURRENCY = 100;

    /** The name of the channel, one that all processes share. */
    String value();

    /** The name of the layer that the channel belongs to. */
    String layer() default Layer.DEFAULT;

    /** How many events this node handles at once, 1 to {@value #MAX_CONCURRENCY}; with more than one they may overtake. */
    int concurrency() default 1;
}
