package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import org.junit.jupiter.api.Test;

/** Who may have a file come or go now. */
class PlacesTest {
    private final Places places = new Places(Phrase.of("fault.file.uploads", 2), 2, 3);

    private ChatException refusalOf(String person) {
        return catchThrowableOfType(ChatException.class, () -> places.take(person));
    }

    @Test
    void nobody_has_more_than_a_few_and_all_no_more_than_there_are() {
        Places.Place first = places.take("ana");
        places.take("ana");
        ChatException tooMany = refusalOf("ana");
        assertThat(tooMany.fault()).isEqualTo(Fault.RATE);
        assertThat(tooMany).hasMessageContaining("At most 2 uploads at once");
        assertThat(tooMany.retryAfterSeconds()).isPresent();
        places.take("bo");
        assertThat(refusalOf("bo").fault()).isEqualTo(Fault.BUSY);
        first.close();
        first.close(); // once more gives nothing back
        places.take("bo");
        assertThat(refusalOf("cy").fault()).isEqualTo(Fault.BUSY);
    }

    @Test
    void only_large_files_need_a_place_to_be_read() {
        TransferLimits limits = new TransferLimits();
        for (int i = 0; i < TransferLimits.PER_PERSON; i++) {
            limits.download("ana", TransferLimits.LIGHT + 1);
        }
        assertThat(catchThrowableOfType(ChatException.class, () -> limits.download("ana", TransferLimits.LIGHT + 1))
                        .fault())
                .isEqualTo(Fault.RATE);
        for (int i = 0; i < 100; i++) {
            limits.download("ana", TransferLimits.LIGHT);
        }
    }
}
