package ai.holysheep.camel.examples.documents;

import ai.holysheep.camel.HolySheepConstants;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * Makes the text of a file the body, with the instruction for the model beside it and, in the
 * property {@code long}, whether it is one for a stream. A file that is no text fails here, before
 * anybody is asked.
 */
final class DocumentReader implements Processor {

  private static final int MOST_BYTES_OF_CHARACTER = 4;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String instruction;
  private final Settings.Limits limits;

  DocumentReader(String instruction, Settings.Limits limits) {
    this.instruction = instruction;
    this.limits = limits;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    File file = exchange.getMessage().getMandatoryBody(File.class);
    // Before it is read: a file of many gigabytes must not fill the memory to be refused.
    if (file.length() > (long) limits.most() * MOST_BYTES_OF_CHARACTER) {
      throw tooLong(file.length() + " bytes");
    }
    String text = text(bytes(file));
    if (text.isBlank()) {
      throw new BadDocumentException(
          "It is empty.", "Put text into it and move it back to inbox, or delete it.");
    }
    if (text.length() > limits.most()) {
      throw tooLong(text.length() + " characters");
    }
    exchange.getMessage().setBody(text);
    exchange.getMessage().setHeader(HolySheepConstants.SYSTEM_MESSAGE, instruction);
    exchange.setProperty("long", text.length() >= limits.streamFrom());
  }

  private static byte[] bytes(File file) {
    try {
      return Files.readAllBytes(file.toPath());
    } catch (IOException e) {
      throw new BadDocumentException(
          "It cannot be read: " + e, "Allow to read it, and move it back to inbox.");
    }
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      // Said below, in words that help.
    }
    throw new BadDocumentException(
        "It is not text in UTF-8.",
        "Save it as plain text in UTF-8 and move it back to inbox. For text in another encoding:"
            + " iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW");
  }

  private BadDocumentException tooLong(String length) {
    return new BadDocumentException(
        "It is too long: " + length + ", where " + limits.most() + " characters are allowed.",
        "Split it into several documents and move them to inbox, or allow more with"
            + " -DmaxCharacters=...; the model has a limit of its own.");
  }
}
