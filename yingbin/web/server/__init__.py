"""Starting and stopping: the embedded database, the web server, the worker, and who watches over them."""
