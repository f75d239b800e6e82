<form method="post" action="{{form_action}}" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="state" value="{{state}}">
<input type="hidden" name="page" value="{{page}}">
