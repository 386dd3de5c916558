"""What representatives and organizers look at: pictures, tables beside them, and files of exactly what is shown."""
