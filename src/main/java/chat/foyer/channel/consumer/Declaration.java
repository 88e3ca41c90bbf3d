package chat.foyer.channel.consumer;

import chat.foyer.channel.ChannelNames;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A consumer as its class declares it. Immutable.
 *
 * @param name how people recognise it
 * @param channel where its events come from
 * @param layer to which the channel belongs
 * @param concurrency how many events a node handles at once
 * @param dispatch which method an event is for
 */
record Declaration(String name, String channel, String layer, int concurrency, Dispatch dispatch) {
    private static final Set<Class<? extends Annotation>> CALLED_BY_CDI =
            Set.of(Observes.class, ObservesAsync.class, Disposes.class);

    /** @throws DefinitionException with one sentence, when the channel or the number is wrong */
    Declaration {
        try {
            ChannelNames.requireGroup(channel);
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(
                    "Consumer " + name + ": the name of a channel that processes share has 1 to 100"
                            + " ASCII letters, digits, '-', '_' or '.'; \"" + channel + "\" is none");
        }
        if (concurrency < 1 || concurrency > Consumer.MAX_CONCURRENCY) {
            throw new DefinitionException("Consumer " + name + ": its concurrency is 1 to " + Consumer.MAX_CONCURRENCY
                    + ", not " + concurrency);
        }
    }

    private static Declaration of(String name, Consumer consumer, Dispatch dispatch) {
        return new Declaration(name, consumer.value(), consumer.layer(), consumer.concurrency(), dispatch);
    }

    /**
     * What this class declares; mostly nothing.
     *
     * @throws DefinitionException with one sentence, when a declaration is wrong
     */
    static List<Declaration> of(Class<?> type) {
        List<Declaration> all = new ArrayList<>();
        Consumer ofClass = type.getAnnotation(Consumer.class);
        if (ofClass != null) {
            all.add(of(type.getName(), ofClass, new Dispatch.ByType(handlers(type))));
        }
        for (Method method : methods(type)) {
            Consumer ofMethod = method.getAnnotation(Consumer.class);
            if (ofMethod != null) {
                all.add(of(Handler.name(method), ofMethod, new Dispatch.Always(Handler.of(method))));
            }
        }
        return all;
    }

    /**
     * Two that receive from one channel on the same node would share its events, and neither would know.
     *
     * @throws DefinitionException with one sentence, when this one and the other do
     */
    void requireOtherChannel(Declaration other) {
        if (channel.equals(other.channel) && layer.equals(other.layer)) {
            throw new DefinitionException("Consumer " + name + ": " + other.name + " receives from channel " + channel
                    + " of layer " + layer + ", too, and each event would go to one of them only; let one receive and"
                    + " call the other, and raise its concurrency for more at once");
        }
    }

    private static Map<String, Handler> handlers(Class<?> type) {
        Map<String, Handler> handlers = new HashMap<>();
        for (Method method : methods(type)) {
            if (isHandler(method) && handlers.put(method.getName(), Handler.of(method)) != null) {
                throw new DefinitionException("Consumer " + Handler.name(method)
                        + ": a type names one handler, but there are several methods of this name");
            }
        }
        if (handlers.isEmpty()) {
            throw new DefinitionException("Consumer " + type.getName() + ": it has no handler, such as void"
                    + " image_wanted(JsonObject event) for events of type image.wanted");
        }
        return handlers;
    }

    private static boolean isHandler(Method method) {
        return !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == void.class
                && method.getParameterCount() == 1
                && !method.getName().startsWith("_")
                && !method.isAnnotationPresent(Consumer.class)
                && !method.isAnnotationPresent(Inject.class)
                && Arrays.stream(method.getParameterAnnotations()[0])
                        .noneMatch(annotation -> CALLED_BY_CDI.contains(annotation.annotationType()));
    }

    /** Its own and inherited ones, without those that are overridden or were made by the compiler. */
    static Collection<Method> methods(Class<?> type) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> owner = type; owner != null && owner != Object.class; owner = owner.getSuperclass()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    methods.putIfAbsent(method.getName() + Arrays.toString(method.getParameterTypes()), method);
                }
            }
        }
        return methods.values();
    }
}
