"""照片、扫描件和签名: taken in by content, without position or other metadata, kept outside the database.

Bytes lie in a storage (a folder, or a store that speaks S3), rows say what they are and to what they belong.
What may be seen by whom is asked of the app to whose thing a file is attached: see `owners`.
"""
