package chat.foyer.channel.consumer;

import jakarta.enterprise.inject.spi.DefinitionException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether what the container hands out in place of a bean lets events through to its handlers. Without that a bean is deployed,
 * and each event is lost when its turn comes.
 */
final class ProxyRules {
    private ProxyRules() {}

    /**
     * For a bean with a normal scope, which is called through a client proxy (CDI 4.0, section 3.10).
     *
     * @throws DefinitionException with one sentence, when there can be none, or when it hides a handler
     */
    static void requireProxyable(Class<?> type, Declaration declaration) {
        obstacle(type).ifPresent(obstacle -> {
            throw refused(
                    declaration, "CDI calls a bean of this scope through a proxy, and can make none since " + obstacle);
        });
        for (Handler handler : declaration.dispatch().all()) {
            if (!isOverridable(handler.method(), type)) {
                throw refused(
                        declaration,
                        "CDI calls a bean of this scope through a proxy, which cannot pass on "
                                + Handler.name(handler.method()) + "; make that public");
            }
        }
    }

    private static Optional<String> obstacle(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers())) {
            return Optional.of("the class is final");
        }
        if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(ProxyRules::isForProxies)) {
            return Optional.of("the class has no constructor without parameters that is not private");
        }
        return Declaration.methods(type).stream()
                .filter(ProxyRules::isForGood)
                .findFirst()
                .map(method -> "its method " + method.getName() + " is final");
    }

    private static boolean isForProxies(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    private static boolean isForGood(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }

    /** By a class beside this one, which is where proxies are made. */
    private static boolean isOverridable(Method method, Class<?> type) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                || method.getDeclaringClass().getPackage().equals(type.getPackage());
    }

    /**
     * For an EJB, whose other methods its container refuses to call (Enterprise Beans 4.0, section 3.4.4).
     *
     * @throws DefinitionException with one sentence, when a handler is not public
     */
    static void requirePublic(Declaration declaration) {
        for (Handler handler : declaration.dispatch().all()) {
            if (!Modifier.isPublic(handler.method().getModifiers())) {
                throw refused(
                        declaration,
                        "an EJB is called by its public methods only; make " + Handler.name(handler.method())
                                + " public");
            }
        }
    }

    private static DefinitionException refused(Declaration declaration, String rule) {
        return new DefinitionException("Consumer " + declaration.name() + ": " + rule);
    }
}
