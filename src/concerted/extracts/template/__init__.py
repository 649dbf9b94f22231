"""The template workbook: an organisation without a system types its records into it, and shipped profiles read them."""
