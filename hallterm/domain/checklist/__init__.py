"""Checklists (步骤单): steps that a visit or a moment of the day asks for, and who did them when.

The words: a *template* is what the operator's file says; a *run* is one working through it; an
*entry* is one step ticked or skipped in a run. Nothing here knows what a checklist is about.
"""
