// The same user's project with Gradle. See ../run.
plugins { application }

repositories {
  maven { url = uri(providers.gradleProperty("staged").get()) }
  mavenCentral()
}

dependencies {
  implementation(platform("org.conv4j:conv4j-bom:0.2.0"))
  implementation("org.conv4j:conv4j-keras")
  runtimeOnly("org.conv4j:conv4j-onednn")
}

sourceSets { main { java { setSrcDirs(listOf("../src/main/java")); exclude("module-info.java") } } }

application { mainClass = "consumer.Consumer" }
