package org.conv4j.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.Subject;

/** Notes as files, so that they survive the process that wrote them. */
final class Notes {
  private Notes() {}

  static void write(Note note) {
    Subject subject = note.subject();
    String id =
        "%s-%s-%s-%d-%s"
            .formatted(
                subject.kind(),
                subject.name(),
                subject.dataType(),
                subject.threads(),
                subject.problem());
    JsonFiles.write(
        WorkDirectory.folder("notes").resolve(WorkDirectory.fileName(id, ".json")), note);
  }

  static List<Note> readAll() {
    try (Stream<Path> files = Files.list(WorkDirectory.folder("notes"))) {
      return files.sorted().map(file -> JsonFiles.read(file, Note.class)).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
