package io.bluetick.media;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The media service: grants to upload and download encrypted blobs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MediaApplication {

  public static void main(String[] args) {
    SpringApplication.run(MediaApplication.class, args);
  }
}
