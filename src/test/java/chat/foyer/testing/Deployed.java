package chat.foyer.testing;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test against the WAR that Maven built, deployed by Arquillian on the server of the Maven profile. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
public abstract class Deployed {

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    public static WebArchive builtWar() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("foyer.test.war")));
    }

    /** The node under test, addressed as localhost. */
    protected Node node() {
        try {
            return Node.at(new URI("http", null, "localhost", url.getPort(), url.getPath(), null, null));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
