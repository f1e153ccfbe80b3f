"""Many vehicles: whole catalogues assessed from columns, streamed, resumable, on any executor."""
