package chat.foyer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/architecture.md}: packages stand in a line, and a class imports only from the left. */
class ArchitectureTest {
    private static final String ROOT = "chat.foyer.";

    private static final List<String> LINE = List.of(
            "digest",
            "config",
            "words",
            "fault",
            "database",
            "channel",
            "user",
            "web",
            "room",
            "message",
            "format",
            "protocol",
            "group",
            "presence",
            "reading",
            "file",
            "search",
            "live",
            "account",
            "bot",
            "bridge",
            "webhook",
            "rest",
            "admin",
            "ops");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("chat.foyer");

    @Test
    void imports_point_left() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(to -> to.getPackageName().startsWith(ROOT))
                    .filter(to -> place(to) > place(from))
                    .forEach(to -> wrong.add(from.getName() + " → " + to.getName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_package_has_its_place_in_the_line_and_says_why_it_exists() {
        Set<String> packages = CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isNotEmpty().allSatisfy(name -> {
            assertThat(LINE).contains(feature(name));
            assertThat(CLASSES.contain(name + ".package-info") || hasPackageComment(name))
                    .as("package-info.java of " + name)
                    .isTrue();
        });
    }

    @Test
    void only_channel_redis_knows_jedis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("chat.foyer.channel.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(CLASSES);
    }

    @Test
    void only_the_standard_sender_sends() {
        noClasses()
                .that()
                .doNotHaveSimpleName("StandardSender")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("jakarta\\.websocket\\.RemoteEndpoint.*")
                .check(CLASSES);
    }

    @Test
    void threads_come_from_the_container() {
        noClasses()
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Thread.class))))
                .check(CLASSES);
    }

    @Test
    void nothing_static_changes() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    private static int place(JavaClass type) {
        return LINE.indexOf(feature(type.getPackageName()));
    }

    private static String feature(String packageName) {
        return packageName.substring(ROOT.length()).split("\\.")[0];
    }

    private static boolean hasPackageComment(String name) {
        return java.nio.file.Files.exists(
                java.nio.file.Path.of("src/main/java", name.replace('.', '/'), "package-info.java"));
    }
}
