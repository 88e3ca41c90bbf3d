package chat.foyer.channel.consumer;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.util.ArrayList;
import java.util.List;

/** Finds the consumers among the beans when the application is deployed; wrong declarations fail the deployment, all at once. */
public class ConsumerExtension implements Extension {
    private final List<Found> found = new ArrayList<>();
    private final List<DefinitionException> mistakes = new ArrayList<>();

    /** A consumer and the bean whose methods are called. Immutable. */
    record Found(Bean<?> bean, Declaration declaration) {}

    <T> void find(@Observes ProcessManagedBean<T> event, BeanManager beans) {
        Bean<T> bean = event.getBean();
        try {
            for (Declaration declaration : Declaration.of(bean.getBeanClass())) {
                if (!bean.getTypes().contains(bean.getBeanClass())) {
                    throw new DefinitionException("Consumer " + declaration.name()
                            + ": its class is none of the types of its bean, so its methods cannot be called");
                }
                if (event instanceof ProcessSessionBean) {
                    ProxyRules.requirePublic(declaration);
                } else if (beans.isNormalScope(bean.getScope())) {
                    ProxyRules.requireProxyable(bean.getBeanClass(), declaration);
                }
                found.stream().map(Found::declaration).forEach(declaration::requireOtherChannel);
                found.add(new Found(bean, declaration));
            }
        } catch (DefinitionException e) {
            mistakes.add(e);
        }
    }

    void report(@Observes AfterBeanDiscovery event) {
        mistakes.forEach(event::addDefinitionError);
    }

    /** All of them, once the application is deployed. */
    List<Found> found() {
        return List.copyOf(found);
    }
}
