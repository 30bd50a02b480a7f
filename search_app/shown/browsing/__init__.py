"""What is shown of the archive to somebody who has not searched: contents, sections, contributors, examples."""
