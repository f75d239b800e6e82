<div class="buttons">
<button name="go" value="next">[[Next]]</button>
{{#CAN_SKIP}}<button class="second" name="go" value="skip">[[Skip this question]]</button>{{/CAN_SKIP}}
{{#CAN_GO_BACK}}<button class="second" name="go" value="back">[[Back]]</button>{{/CAN_GO_BACK}}
</div>
