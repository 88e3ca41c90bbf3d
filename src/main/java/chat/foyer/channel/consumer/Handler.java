package chat.foyer.channel.consumer;

import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A method that receives events. Immutable.
 *
 * @param method what is called
 * @param parameter what it takes: a JSON object, or what JSON-B makes of one
 */
record Handler(Method method, Class<?> parameter) {

    /** @throws DefinitionException with one sentence, when the method cannot receive events */
    static Handler of(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            throw refused(method, "a handler is neither private nor static");
        }
        if (method.getReturnType() != void.class) {
            throw refused(method, "a handler returns nothing");
        }
        if (method.getParameterCount() != 1) {
            throw refused(method, "a handler takes one parameter, the event");
        }
        Class<?> parameter = method.getParameterTypes()[0];
        if (parameter != JsonObject.class && !canBeMade(parameter)) {
            throw refused(
                    method,
                    "a handler takes a JsonObject or a class that JSON-B makes of one, not " + parameter.getName());
        }
        method.setAccessible(true); // need not be public
        return new Handler(method, parameter);
    }

    private static boolean canBeMade(Class<?> type) {
        boolean ofObject = !type.isPrimitive()
                && !type.isArray()
                && !type.isEnum()
                && !type.getName().matches("(java|jakarta)\\..*");
        return ofObject && (!Modifier.isAbstract(type.getModifiers()) || type.isAnnotationPresent(JsonbTypeInfo.class));
    }

    private static DefinitionException refused(Method method, String rule) {
        return new DefinitionException("Consumer " + name(method) + ": " + rule);
    }

    /** How people recognise the method. */
    static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    /**
     * Calls the method of this bean.
     *
     * @throws EventRefusedException when the event is not what the method takes
     * @throws Exception what the method throws
     */
    void call(Object bean, JsonObject event, Jsonb jsonb) throws Exception {
        try {
            method.invoke(bean, argument(event, jsonb));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private Object argument(JsonObject event, Jsonb jsonb) {
        if (parameter == JsonObject.class) {
            return event;
        }
        try {
            return jsonb.fromJson(event.toString(), parameter);
        } catch (JsonbException e) {
            throw new EventRefusedException("it is no " + parameter.getSimpleName() + ": " + e.getMessage());
        }
    }
}
