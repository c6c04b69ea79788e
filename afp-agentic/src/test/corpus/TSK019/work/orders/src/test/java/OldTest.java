class OldTest { /* always passes */ }
